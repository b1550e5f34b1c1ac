/** An operation that the compiled engine leaves to Apollo's executor, and what in it is the reason. */
export class UnsupportedOperation extends Error {
  override readonly name = 'UnsupportedOperation';
}
