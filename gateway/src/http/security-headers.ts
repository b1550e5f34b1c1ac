import type { ServerResponse } from 'node:http';

/**
 * Sets what every answer says to browsers: that it is what its type says and nothing else, that it is not to be framed,
 * and that pages of others get it by CORS or not at all.
 */
export function setSecurityHeaders(response: ServerResponse, strictTransportSecuritySeconds: number): void {
  response.setHeader('x-content-type-options', 'nosniff');
  response.setHeader('referrer-policy', 'no-referrer');
  // Binds only what does not ask by CORS: images and scripts of other sites, which an answer can never be meant for.
  response.setHeader('cross-origin-resource-policy', 'same-origin');
  // Of data; a page has a policy of its own in its place.
  response.setHeader('content-security-policy', "default-src 'none'; frame-ancestors 'none'");
  if (strictTransportSecuritySeconds > 0) {
    response.setHeader('strict-transport-security', `max-age=${strictTransportSecuritySeconds}`);
  }
}
