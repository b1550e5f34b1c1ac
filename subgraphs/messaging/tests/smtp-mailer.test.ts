import { afterEach, describe, expect, test } from '@jest/globals';
import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { MailNotAccepted } from '../src/email/mailer.ts';
import { SmtpMailer } from '../src/email/smtp.mailer.ts';

const MAIL = {
  messageId: '<018f-1@app.example.com>',
  to: 'ada@example.com',
  toName: 'Ada, Countess "of" Lovelace',
  subject: 'Grüezi',
  text: 'Plain & simple',
  html: '<p>Plain &amp; simple</p>',
};

/** A refusal as an SMTP server makes it. */
function refusal(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode });
}

describe('The SMTP mailer', () => {
  let server: SMTPServer | undefined;
  let received: string[] = [];

  async function mailerFor(options: SMTPServerOptions = {}): Promise<SmtpMailer> {
    received = [];
    server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      onData(stream, _session, done) {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('end', () => {
          received.push(Buffer.concat(chunks).toString());
          done();
        });
      },
      ...options,
    });
    await new Promise<void>((resolve) => server!.listen(0, '127.0.0.1', resolve));
    const { port } = server.server.address() as AddressInfo;
    return new SmtpMailer({ url: `smtp://127.0.0.1:${port}`, from: 'Team <team@example.com>', timeoutMs: 2_000 });
  }

  async function refusalOf(mailer: SmtpMailer): Promise<MailNotAccepted> {
    const error = await mailer.send(MAIL).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(MailNotAccepted);
    return error as MailNotAccepted;
  }

  afterEach(async () => {
    await new Promise<void>((resolve) => (server ? server.close(() => resolve()) : resolve()));
    server = undefined;
  });

  test('hands over both parts, with a message id that stays the same', async () => {
    const mailer = await mailerFor();
    await mailer.send({ ...MAIL, unsubscribeUrl: 'https://app.example.com/settings/notifications' });
    expect(received).toHaveLength(1);
    expect(received[0]).toContain('Message-ID: <018f-1@app.example.com>');
    expect(received[0]).toContain('From: Team <team@example.com>');
    expect(received[0]).toContain('Content-Type: text/plain');
    expect(received[0]).toContain('Content-Type: text/html');
    expect(received[0]).toContain('List-Unsubscribe: <https://app.example.com/settings/notifications>');
  });

  test('does not let a name or a subject add a header', async () => {
    const mailer = await mailerFor();
    await mailer.send({ ...MAIL, toName: 'A\r\nBcc: eve@evil.test', subject: 'B\r\nX-Evil: yes' });
    expect(received[0]).not.toMatch(/^(Bcc|X-Evil):/m);
  });

  test('takes a 4xx for something that may pass', async () => {
    const mailer = await mailerFor({ onRcptTo: (_address, _session, done) => done(refusal(450, 'greylisted')) });
    const { kind, message } = await refusalOf(mailer);
    expect([kind, message]).toEqual(['temporary', 'The mail server answered 450.']);
  });

  test('takes a 5xx for the address as a bounce', async () => {
    const mailer = await mailerFor({
      onRcptTo: (_address, _session, done) => done(refusal(550, 'no such user ada@example.com')),
    });
    const { kind, message } = await refusalOf(mailer);
    // What the server said is not repeated: it quotes the address.
    expect([kind, message]).toEqual(['bounced', 'The mail server answered 550.']);
  });

  test('takes a 5xx for the mail itself as final, without blaming the address', async () => {
    const mailer = await mailerFor({
      onData(stream, _session, done) {
        stream.resume();
        stream.on('end', () => done(refusal(554, 'looks like spam')));
      },
    });
    expect((await refusalOf(mailer)).kind).toBe('permanent');
  });

  test('takes a server that is away for something that may pass', async () => {
    const mailer = await mailerFor();
    await new Promise<void>((resolve) => server!.close(() => resolve()));
    server = undefined;
    expect((await refusalOf(mailer)).kind).toBe('temporary');
  });

  test('takes refused credentials for something that an operator can put right', async () => {
    await mailerFor({ authOptional: false, onAuth: (_auth, _session, done) => done(refusal(535, 'wrong')) });
    const { port } = server!.server.address() as AddressInfo;
    const mailer = new SmtpMailer({ url: `smtp://user:wrong@127.0.0.1:${port}`, from: 'x@example.com' });
    const { kind, message } = await refusalOf(mailer);
    expect(kind).toBe('temporary');
    expect(message).not.toContain('wrong');
  });

  test('gives up on a server that accepts the connection and says nothing', async () => {
    const mailer = await mailerFor({ onConnect: () => {} });
    expect((await refusalOf(mailer)).kind).toBe('temporary');
  });
});
