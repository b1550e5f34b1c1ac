/** Somebody to try the graph as. */
export interface DemoLogin {
  readonly email: string;
  readonly password: string;
  readonly description: string;
}
