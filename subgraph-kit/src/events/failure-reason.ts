/** What is kept of an error that a handler ended with, for whoever looks at the dead letters. */
export function failureReason(error: unknown): string {
  return (error instanceof Error ? `${error.name}: ${error.message}` : String(error)).slice(0, 2_000);
}
