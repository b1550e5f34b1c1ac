/** How long an answer is good, and how old it is already. In seconds. */
export interface Freshness {
  readonly maxAge: number;
  readonly age: number;
}

/** What is found out while an operation is executed, and belongs into the head of the answer over HTTP. */
export class AnswerHead {
  /** Set when the answer is the same for everybody. */
  freshness: Freshness | undefined;
  /** Whether a subgraph wanted to set a cookie, so that the answer is for nobody else. */
  isPersonal = false;
  /** `Set-Cookie` headers of subgraphs, as they came. */
  readonly cookies: string[] = [];

  /** @param isShared whether others get the same answer, to whom the cookies do not belong any more than to this one */
  setCookies(cookies: readonly string[], isShared: boolean): void {
    this.isPersonal = true;
    if (!isShared) this.cookies.push(...cookies);
  }
}
