import { expect, test } from '@jest/globals';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { nextAttempt, registered, rows, startMessaging } from './story.ts';

test('Mail goes through the configured server: again after a 4xx, and never again after a 5xx', async () => {
  const received: string[] = [];
  let greylisting = 1;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo({ address }, _session, done) {
      const responseCode = address.startsWith('nobody') ? 550 : greylisting-- > 0 ? 451 : undefined;
      done(responseCode ? Object.assign(new Error('no'), { responseCode }) : undefined);
    },
    onData(stream, session, done) {
      stream.resume();
      stream.on('end', () => {
        received.push(...session.envelope.rcptTo.map(({ address }) => address));
        done();
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  const messaging = await startMessaging({ SMTP_URL: `smtp://127.0.0.1:${port}` });
  try {
    const statusOf = async (userId: string) => {
      const sql = `select status, attempts from notification_delivery where user_id = ? and channel = 'EMAIL'`;
      return (await rows(messaging, sql, [userId]))[0];
    };
    const ada = await registered(messaging);
    await messaging.runJobs();
    expect(await statusOf(ada.userId)).toEqual({ status: 'QUEUED', attempts: 1 });
    await nextAttempt(messaging);
    expect(await statusOf(ada.userId)).toEqual({ status: 'SENT', attempts: 2 });
    const nobody = await registered(messaging, { email: 'nobody@example.com' });
    await messaging.runJobs();
    await nextAttempt(messaging);
    expect(await statusOf(nobody.userId)).toEqual({ status: 'BOUNCED', attempts: 1 });
    expect(received).toEqual([ada.email]);
  } finally {
    await messaging.stop();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  }
});
