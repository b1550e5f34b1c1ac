import { setTimeout as delay } from 'node:timers/promises';

/** What the sockets ask for: an event of messaging, joined with a field of identity. */
export const SUBSCRIPTION = /* GraphQL */ `
  subscription {
    notificationAdded {
      id
      title
      body
      user {
        name
        avatarUrl
      }
    }
  }
`;

const LOGIN = /* GraphQL */ `
  mutation Login($input: LoginInput!) {
    login(input: $input) {
      ... on SignedIn {
        accessToken
        user {
          id
        }
      }
    }
  }
`;

const SEND = /* GraphQL */ `
  mutation Send($input: SendNotificationInput!) {
    sendNotification(input: $input) {
      notificationId
    }
  }
`;

/** How long the news of who belongs to an organization may take from identity to messaging. */
const INTRODUCTION_MS = 10_000;

/**
 * The super admin out of the demo logins that the product prints when it is ready: `e-mail  password  who`. Nobody else
 * among them may send notifications, and those go from member to member of an organization: in their personal one this
 * person both sends and listens.
 *
 * @param {string} output
 */
export function demoAdmin(output) {
  const [, email, password] = /^ +(\S+@\S+) +(\S+) +super admin$/m.exec(output) ?? [];
  if (!email) throw new Error(`no super admin among the demo logins in:\n${output}`);
  return { email, password };
}

/** Signs somebody in at the gateway. */
export async function signIn(url, { email, password }) {
  const { login } = await execute(url, LOGIN, { input: { email, password } });
  return { token: login.accessToken, userId: login.user.id };
}

/** Waits until a person can send to themselves: a member that messaging has not heard of yet is `NOT_FOUND`. */
export async function untilReachable(url, person) {
  const deadline = performance.now() + INTRODUCTION_MS;
  for (;;) {
    try {
      return await sendOrderUpdate(url, person, 'introduction');
    } catch (error) {
      if (error.code !== 'NOT_FOUND' || performance.now() > deadline) throw error;
      await delay(50);
    }
  }
}

/** Has a person send one order update to themselves. `name` becomes the order's number, and so part of the text. */
export function sendOrderUpdate(url, { token, userId }, name) {
  const variables = { orderNumber: name, status: 'shipped' };
  const input = { recipientId: userId, type: 'ORDER_UPDATE', variables, idempotencyKey: name };
  return execute(url, SEND, { input }, token);
}

/** The name that {@link sendOrderUpdate} gave; `undefined` for anything that others sent, like a welcome. */
export function nameOf({ notificationAdded: { title, body } }) {
  return /bench-\d+-\d+/.exec(`${title} ${body}`)?.[0];
}

/** Whether identity has added what it knows. */
export function isJoined({ notificationAdded: { user } }) {
  return typeof user?.name === 'string';
}

class Refused extends Error {
  constructor(errors) {
    super(`the graph refused: ${JSON.stringify(errors)}`);
    this.code = errors[0]?.extensions?.code;
  }
}

async function execute(url, query, variables, token) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = await response.json();
  if (errors) throw new Refused(errors);
  return data;
}
