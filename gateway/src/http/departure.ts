import type { ServerResponse } from 'node:http';

/** Aborted when the client leaves before its answer is ready; whoever gives up on the answer aborts it too. */
export function departureFrom(response: ServerResponse): AbortController {
  const departure = new AbortController();
  response.once('close', () => {
    // With a reason of ours, or an error with a stack would be made for everybody who leaves.
    if (!response.writableEnded) departure.abort('the client has left');
  });
  return departure;
}
