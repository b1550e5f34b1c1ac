import { GraphQLError, GraphQLScalarType, Kind } from 'graphql';
import { GraphQLCurrency } from 'graphql-scalars';

// One instance of each for the whole graph: a schema refuses two scalars of one name.
export {
  GraphQLDate,
  GraphQLDateTime,
  GraphQLEmailAddress,
  GraphQLJSON,
  GraphQLLocale,
  GraphQLSafeInt,
  GraphQLTimeZone,
  GraphQLURL,
} from 'graphql-scalars';

/** `+` and 7 to 15 digits, without the spaces and local forms that the library's own scalar lets through. */
export const GraphQLPhoneNumber = textScalar({
  name: 'PhoneNumber',
  description: 'A telephone number in E.164 form: `+` and 7 to 15 digits, for example `+41446681800`.',
  specifiedByURL: 'https://www.itu.int/rec/T-REC-E.164/',
  accepts: (text) => /^\+[1-9]\d{6,14}$/.test(text),
});

/** Upper case only, so that equal currencies are equal texts. */
export const GraphQLCurrencyCode = textScalar({
  name: 'CurrencyCode',
  description: 'A currency by its ISO 4217 code in upper case, for example `EUR`.',
  specifiedByURL: 'https://www.iso.org/iso-4217-currency-codes.html',
  accepts: (text) => text === text.toUpperCase() && isCurrency(text),
});

interface TextScalar {
  readonly name: string;
  readonly description: string;
  readonly specifiedByURL: string;
  readonly accepts: (text: string) => boolean;
}

function textScalar({ accepts, ...scalar }: TextScalar): GraphQLScalarType<string, string> {
  const check = (value: unknown): string => {
    if (typeof value === 'string' && accepts(value)) return value;
    // The value stays out of the message: it may be personal, and messages are logged.
    throw new GraphQLError(`This is not a ${scalar.name}.`);
  };
  return new GraphQLScalarType({
    ...scalar,
    serialize: check,
    parseValue: check,
    parseLiteral: (node) => check(node.kind === Kind.STRING ? node.value : undefined),
  });
}

function isCurrency(text: string): boolean {
  try {
    GraphQLCurrency.parseValue(text);
    return true;
  } catch {
    return false;
  }
}
