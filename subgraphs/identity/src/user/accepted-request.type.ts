import { GraphQLEmailAddress } from 'graphql-scalars';
import { Field, ObjectType } from 'type-graphql';

@ObjectType({
  description:
    'A request whose outcome only a mail tells: the answer is the same whether or not the address has an account.',
})
export class AcceptedRequest {
  @Field(() => Boolean, { description: 'The request was taken on.' })
  accepted!: boolean;

  @Field(() => GraphQLEmailAddress, { description: 'Where the mail goes, in the form addresses are compared in.' })
  email!: string;

  static for(email: string): AcceptedRequest {
    return Object.assign(new AcceptedRequest(), { accepted: true, email });
  }
}
