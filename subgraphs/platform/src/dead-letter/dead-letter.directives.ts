import { Directive } from 'type-graphql';

type AnyDecorator = ClassDecorator & MethodDecorator;

/** What the gateway asks of whoever wants to see dead letters, before it asks us: `mayReadDeadLetters` in its words. */
export const ForReaders = () => requiring('"platform:dead_letters.read"');

/** Likewise of whoever decides about them: `mayDecideAboutDeadLetters`. */
export const ForDeciders = () => requiring('"platform:dead_letters.read", "platform:dead_letters.write"');

/** Likewise of whoever wants to see what they carried: `mayReadPayloads`. */
export const ForPayloadReaders = () => requiring('"platform:dead_letters.read", "platform:dead_letters.payload"');

function requiring(scopes: string): AnyDecorator {
  const directives = [`@requiresScopes(scopes: [[${scopes}]])`, '@policy(policies: [["person"]])'];
  return ((...target: Parameters<MethodDecorator>) => {
    for (const directive of directives) Directive(directive)(...target);
  }) as AnyDecorator;
}
