import type { ServerResponse } from 'node:http';

/** Hands on those cookies of subgraphs whose names are listed. */
export function passCookies(response: ServerResponse, cookies: readonly string[], names: readonly string[]): void {
  for (const cookie of cookies) {
    const name = cookie.slice(0, cookie.indexOf('=')).trim();
    if (names.includes(name)) response.appendHeader('set-cookie', cookie);
  }
}
