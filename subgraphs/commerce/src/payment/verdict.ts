/** What became of something a provider said. */
export interface Verdict {
  /** It may have had an effect, been known already, contradict what we know, or have come too late to matter. */
  readonly outcome: 'APPLIED' | 'IGNORED' | 'CONFLICTING' | 'STALE';
  readonly reason?: string;
}
