import { setTimeout as pause } from 'node:timers/promises';
import type { GraphClient } from './graph.client.ts';

const MAILS = `query ($to: String!) {
  developmentMailbox(to: $to, first: 20) { edges { node { subject text } } }
}`;

/** The token in the link of the latest mail to an address whose link leads there. Waits until such a mail has come. */
export async function mailedToken(admin: GraphClient, to: string, path: string): Promise<string> {
  const link = new RegExp(`/${path}#token=([\\w-]+)`);
  for (;;) {
    const { developmentMailbox } = await admin.queryData(MAILS, { to });
    for (const { node } of developmentMailbox.edges) {
      const token = link.exec(node.text)?.[1];
      if (token) return token;
    }
    await pause(20);
  }
}
