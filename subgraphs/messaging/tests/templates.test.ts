import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { joined, type Person, registered, startMessaging, type TestMessaging } from './story.ts';

const FIELDS = 'id organizationId subject text html version customised locale';

const WORDS = { subject: 'Lead {{leadName}}', text: 'Call {{leadName}}.' };

describe('Templates', () => {
  const organizationId = randomUUID();
  const editor = { sub: randomUUID(), org: organizationId, scope: 'messaging:templates.write messaging:notify' };
  const administrator = { ...editor, roles: ['SUPER_ADMIN'] };
  let messaging: TestMessaging;

  beforeAll(async () => {
    messaging = await startMessaging();
  });

  afterAll(() => messaging.stop());

  const call = (mutation: string, inputType: string, fields: string, input: object, as: object) =>
    messaging.query(`mutation ($input: ${inputType}!) { result: ${mutation}(input: $input) ${fields} }`, {
      variables: { input },
      as: as as never,
    });

  const create = (input: object, as: object = editor) =>
    call('createNotificationTemplate', 'CreateNotificationTemplateInput', `{ ${FIELDS} }`, input, as);

  const update = (input: object, as: object = editor) =>
    call('updateNotificationTemplate', 'UpdateNotificationTemplateInput', `{ ${FIELDS} }`, input, as);

  const remove = (id: string, as: object = editor) =>
    call('deleteNotificationTemplate', 'DeleteNotificationTemplateInput', '', { id }, as);

  const own = (details: object = {}) => ({
    owner: 'ORGANIZATION',
    type: 'NEW_LEAD',
    channel: 'IN_APP',
    locale: 'en',
    ...WORDS,
    ...details,
  });

  async function builtIn(type: string, channel: string, locale = 'en') {
    const { notificationTemplates } = await messaging.queryData(
      `query ($filter: NotificationTemplateFilter) { notificationTemplates(filter: $filter) { edges { node { ${FIELDS} } } } }`,
      { variables: { filter: { type, channel, locale } }, as: administrator },
    );
    return notificationTemplates.edges.find((edge: { node: { organizationId: null } }) => !edge.node.organizationId)
      .node;
  }

  /** What a member of the organization reads about a new lead. */
  async function titleFor(person: Person): Promise<string> {
    const { sendNotification } = await messaging.queryData(
      `mutation ($input: SendNotificationInput!) { sendNotification(input: $input) { notificationId } }`,
      {
        variables: {
          input: {
            recipientId: person.userId,
            type: 'NEW_LEAD',
            variables: { leadName: 'Grace' },
            idempotencyKey: randomUUID(),
          },
        },
        as: editor,
      },
    );
    const { notification } = await messaging.queryData('query ($id: ID!) { notification(id: $id) { title } }', {
      variables: { id: sendNotification.notificationId },
      as: { sub: person.userId },
    });
    return notification.title;
  }

  async function member(locale: string): Promise<Person> {
    const person = await registered(messaging, { locale });
    await joined(messaging, organizationId, person);
    return person;
  }

  test('are there for every type from the first start', async () => {
    const { notificationTemplates } = await messaging.queryData('{ notificationTemplates { totalCount } }', {
      as: editor,
    });
    const { notificationTypes } = await messaging.queryData('{ notificationTypes { type channels } }', { as: editor });
    const kinds = notificationTypes.flatMap(({ channels }: { channels: string[] }) => channels);
    expect(notificationTemplates.totalCount).toBe(kinds.length * 2);
  });

  test('of an organization replace those of the platform, for its members, in their language', async () => {
    const [english, german] = [await member('en-GB'), await member('de-CH')];
    const { data } = await create(own());
    expect(data.result).toMatchObject({ organizationId, version: 1, customised: true });
    expect(await titleFor(english)).toBe('Lead Grace');
    // German is better understood than our own English.
    expect(await titleFor(german)).toBe('Neuer Lead: Grace');
    const swiss = await create(own({ locale: 'de-CH', subject: 'Hoi, {{leadName}}' }));
    expect(await titleFor(german)).toBe('Hoi, Grace');
    await remove(swiss.data.result.id);
    await remove(data.result.id);
    expect(await titleFor(english)).toBe('New lead: Grace');
  });

  test('that exist already are not made twice', async () => {
    const { data } = await create(own({ locale: 'it' }));
    expect((await create(own({ locale: 'it' }))).errors[0]!.extensions.code).toBe('CONFLICT');
    await remove(data.result.id);
  });

  test('about the safety of an account are never an organization’s own', async () => {
    const { errors } = await create(own({ type: 'NEW_SIGN_IN', subject: 'x', text: 'x' }));
    expect(errors[0]!.extensions).toMatchObject({ code: 'BAD_USER_INPUT', fields: [{ path: 'input.type' }] });
  });

  test.each([
    ['subject', { subject: '{{{leadName}}}' }],
    ['text', { text: '{{password}}' }],
    ['html', { channel: 'EMAIL', html: '{{#with leadName}}x{{/with}}' }],
    ['html', { channel: 'EMAIL' }],
    ['html', { html: '<p>x</p>' }],
  ])('are refused with the place of what is wrong: %s in %j', async (part, details) => {
    const { errors } = await create(own(details));
    expect(errors[0]!.extensions).toMatchObject({ code: 'BAD_USER_INPUT', fields: [{ path: `input.${part}` }] });
  });

  test('of the platform are changed by its administrators, one after the other', async () => {
    const template = await builtIn('LOW_STOCK', 'IN_APP', 'de');
    const change = { id: template.id, version: template.version, subject: 'Bald leer: {{productName}}', text: 'x' };
    expect((await update(change)).errors[0]!.extensions.code).toBe('FORBIDDEN');
    const changed = await update(change, administrator);
    expect(changed.data.result).toMatchObject({ version: template.version + 1, customised: true });
    const late = await update(change, administrator);
    expect(late.errors[0]!.extensions).toMatchObject({
      code: 'VERSION_CONFLICT',
      currentVersion: template.version + 1,
    });
  });

  test('of the platform cannot be removed while they are built in', async () => {
    const template = await builtIn('NEW_LEAD', 'EMAIL');
    expect((await remove(template.id, administrator)).errors[0]!.extensions.code).toBe('CONFLICT');
  });

  test('of another organization do not exist', async () => {
    const { data } = await create(own({ locale: 'fr' }));
    const eve = { sub: randomUUID(), org: randomUUID(), scope: 'messaging:templates.write' };
    const { notificationTemplate } = await messaging.queryData(
      'query ($id: ID!) { notificationTemplate(id: $id) { id } }',
      {
        variables: { id: data.result.id },
        as: eve,
      },
    );
    expect(notificationTemplate).toBeNull();
    for (const answer of [
      await remove(data.result.id, eve),
      await update({ id: data.result.id, version: 1, ...WORDS }, eve),
    ]) {
      expect(answer.errors[0]!.extensions.code).toBe('NOT_FOUND');
    }
  });

  test('are for those who may write them', async () => {
    const asked = await messaging.query('{ notificationTemplates { totalCount } }', {
      as: { sub: randomUUID(), org: organizationId },
    });
    expect(asked.errors[0]!.extensions.code).toBe('FORBIDDEN');
  });

  test('can be looked at filled in, without being saved', async () => {
    const preview = (variables: object) =>
      call(
        'previewNotificationTemplate',
        'PreviewNotificationTemplateInput',
        '{ subject text html }',
        { type: 'NEW_LEAD', channel: 'EMAIL', ...WORDS, html: '<p>{{leadName}}</p>', variables },
        editor,
      );
    const { data } = await preview({ leadName: '<Grace>' });
    expect(data.result).toMatchObject({ subject: 'Lead <Grace>', text: 'Call <Grace>.' });
    expect(data.result.html).toContain('<p>&lt;Grace&gt;</p>');
    expect((await preview({})).errors[0]!.extensions.fields[0]!.path).toBe('input.variables.leadName');
  });
});
