import { GraphQLError } from 'graphql';
import { eventually } from './eventually.ts';
import { Subgraph } from './subgraph.ts';

export interface Story {
  readonly id: string;
  readonly title: string;
  readonly authorId: string;
  readonly topic?: string;
}

const FEDERATION = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key"])';

/** Two subgraphs about the news: one publishes stories, the other knows the people who wrote them. */
export class Newsroom {
  readonly stories: Subgraph;
  readonly people: Subgraph;
  readonly #readers = new Set<Reader>();

  constructor(signingSecret?: string) {
    this.stories = new Subgraph({
      name: 'stories',
      signingSecret,
      sdl: `${FEDERATION}
        type Query { latestTitle: String! }
        type Mutation { rename(title: String!): String! }
        type Subscription {
          storyPublished(topic: String): Story!
          storyRefused(code: String!): Story
          storyOfNobody: Story
        }
        type Story { id: ID! author: Person! title: String! }
        type Person @key(fields: "id", resolvable: false) { id: ID! }`,
      resolvers: {
        Query: { latestTitle: () => 'Rain' },
        Mutation: { rename: (_: unknown, { title }: { title: string }) => title },
        Subscription: {
          storyPublished: {
            subscribe: (_: unknown, { topic }: { topic?: string }) => this.#read(topic),
            resolve: (story: Story) => story,
          },
          storyRefused: {
            subscribe: (_: unknown, { code }: { code: string }) => {
              throw new GraphQLError('Not for you', { extensions: { code } });
            },
          },
          storyOfNobody: {
            subscribe: () => this.#read(),
            resolve: () => {
              throw new Error('connect ECONNREFUSED 10.0.0.7:5432');
            },
          },
        },
        Story: { author: (story: Story) => ({ id: story.authorId }) },
      },
    });
    this.people = new Subgraph({
      name: 'people',
      sdl: `${FEDERATION}
        type Query { person(id: ID!): Person }
        type Person @key(fields: "id") { id: ID! name: String! tags: [String!]! }`,
      resolvers: {
        Query: { person: (_: unknown, { id }: { id: string }) => person(id) },
        Person: {
          __resolveReference: async ({ id }: { id: string }) => {
            if (id === 'broken') throw new Error('relation "person" does not exist');
            return person(id);
          },
        },
      },
    });
  }

  async start(): Promise<this> {
    await Promise.all([this.stories.start(), this.people.start()]);
    return this;
  }

  async stop(): Promise<void> {
    await Promise.all([this.stories.kill(), this.people.kill()]);
  }

  publish(story: Story): void {
    for (const reader of this.#readers) reader.take(story);
  }

  /** Ends all subscriptions from the publisher's side. */
  closeDown(): void {
    for (const reader of this.#readers) reader.end();
  }

  /** Ends all subscriptions as a subgraph does whose subscribers' sessions are over. */
  signOut(): void {
    for (const reader of this.#readers)
      reader.fail(new GraphQLError('Sign in again', { extensions: { code: 'UNAUTHENTICATED' } }));
  }

  get readers(): number {
    return this.#readers.size;
  }

  /** Waits until exactly this many subscriptions have reached the publisher. */
  async hasReaders(count: number): Promise<void> {
    await eventually(() => this.#readers.size === count);
  }

  #read(topic?: string): Reader {
    const reader = new Reader(topic, () => this.#readers.delete(reader));
    this.#readers.add(reader);
    return reader;
  }
}

function person(id: string) {
  return { id, name: `Name of ${id}`, tags: [id] };
}

class Reader implements AsyncGenerator<Story> {
  readonly #topic: string | undefined;
  readonly #ended: () => void;
  readonly #waiting: Story[] = [];
  #over = false;
  #failure: Error | undefined;
  #wake: (() => void) | undefined;

  constructor(topic: string | undefined, ended: () => void) {
    this.#topic = topic;
    this.#ended = ended;
  }

  take(story: Story): void {
    if (this.#topic && story.topic !== this.#topic) return;
    this.#waiting.push(story);
    this.#wake?.();
  }

  end(): void {
    this.#over = true;
    this.#ended();
    this.#wake?.();
  }

  fail(failure: Error): void {
    this.#failure = failure;
    this.end();
  }

  async next(): Promise<IteratorResult<Story>> {
    while (this.#waiting.length === 0) {
      if (this.#failure) throw this.#failure;
      if (this.#over) return { done: true, value: undefined };
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
    return { done: false, value: this.#waiting.shift()! };
  }

  async return(): Promise<IteratorResult<Story>> {
    this.end();
    return { done: true, value: undefined };
  }

  async throw(error: unknown): Promise<IteratorResult<Story>> {
    this.end();
    throw error;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.end();
  }
}
