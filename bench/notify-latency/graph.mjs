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
      accessToken
      user {
        id
      }
    }
  }
`;

const SEND = /* GraphQL */ `
  mutation Send($input: SendNotificationInput!) {
    sendNotification(input: $input) {
      id
    }
  }
`;

/**
 * Who sends and who reads, out of the demo logins that the product prints when it is ready: `e-mail  password  who`.
 *
 * @param {string} output
 */
export function demoLogins(output) {
  const logins = [...output.matchAll(/^ +(\S+@\S+) +(\S+) +(.+)$/gm)].map(([, email, password, description]) => ({
    email,
    password,
    description,
  }));
  const sender = logins.find(({ description }) => /admin/i.test(description));
  const reader = logins.find((login) => login !== sender);
  if (!sender || !reader) throw new Error(`no admin and somebody else among the demo logins in:\n${output}`);
  return { sender, reader };
}

/** Signs somebody in at the gateway. */
export async function signIn(url, { email, password }) {
  const { login } = await execute(url, LOGIN, { input: { email, password } });
  return { token: login.accessToken, userId: login.user.id };
}

/** Has one order update sent to a person. `name` becomes the order's number, and so part of the text. */
export function sendOrderUpdate(url, { token }, userId, name) {
  const variables = { orderNumber: name, status: 'shipped' };
  return execute(url, SEND, { input: { userId, type: 'ORDER_UPDATE', variables, idempotencyKey: name } }, token);
}

/** The name that {@link sendOrderUpdate} gave; `undefined` for anything that others sent, like a welcome. */
export function nameOf({ notificationAdded: { title, body } }) {
  return /bench-\d+/.exec(`${title} ${body}`)?.[0];
}

async function execute(url, query, variables, token) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = await response.json();
  if (errors) throw new Error(`the graph refused: ${JSON.stringify(errors)}`);
  return data;
}
