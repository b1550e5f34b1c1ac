import { parseEnvironment, subgraphEnvironment } from '@supergraph/subgraph-kit';
import { z } from 'zod';

/** What messaging reads from its environment. */
export const messagingEnvironment = subgraphEnvironment
  .extend({
    /** Where the product's pages are: links in messages begin with it. */
    APP_URL: z.url({ protocol: /^https?$/ }).default('http://localhost:3000'),
    /** Without it, mail goes to the development mailbox, which administrators read through the graph. */
    SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
    MAIL_FROM: z.string().min(3).default('Supergraph <no-reply@supergraph.localhost>'),
    /** The key pair push services know us by, URL-safe base64. Made and kept in the database when not given. */
    VAPID_PUBLIC_KEY: z.string().min(80).optional(),
    VAPID_PRIVATE_KEY: z.string().min(40).optional(),
    /** Days that notifications are kept. */
    NOTIFICATION_RETENTION_DAYS: z.coerce.number().int().min(1).max(3650).default(180),
  })
  .refine((environment) => !environment.VAPID_PUBLIC_KEY === !environment.VAPID_PRIVATE_KEY, {
    path: ['VAPID_PRIVATE_KEY'],
    message: 'must be given together with VAPID_PUBLIC_KEY',
  });

export type MessagingEnvironment = z.infer<typeof messagingEnvironment>;

/** @throws Error naming every variable that is missing or wrong */
export function readEnvironment(source: NodeJS.ProcessEnv = process.env): MessagingEnvironment {
  return parseEnvironment(messagingEnvironment, source);
}
