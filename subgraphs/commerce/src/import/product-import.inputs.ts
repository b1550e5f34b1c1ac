import { MaxLength, MinLength } from 'class-validator';
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { COLUMNS, MAX_LINES } from './import-columns.ts';

const MAX_LENGTH = 900_000;

@InputType({ description: 'Products to take over from a text.' })
export class ImportProductsInput {
  @Field(() => ID, { description: 'The shop that will sell them.' })
  shopId!: string;

  @Field(() => String, {
    description:
      `Comma-separated values, up to ${MAX_LENGTH} characters and ${MAX_LINES} lines, with a header of some of: ` +
      `${COLUMNS.join(', ')}. ` +
      'Each line is a variant, known by its `sku`; `product` is the slug of what it belongs to, `category` a slug, `status` ' +
      'DRAFT or ACTIVE, and prices are as people write them, such as 12.50.',
  })
  @MinLength(1)
  @MaxLength(MAX_LENGTH)
  csv!: string;
}

@ObjectType({ description: 'Variants of a shop as a text that `importProducts` takes.' })
export class ProductExport {
  @Field(() => String, {
    description:
      'Comma-separated values with a header. What a spreadsheet would run as a formula begins with an apostrophe.',
  })
  csv!: string;

  @Field(() => Int, { description: 'How many lines it has, the header not counted.' })
  lineCount!: number;

  @Field(() => String, {
    nullable: true,
    description: 'Pass it as `after` for those that follow; null when these were the last.',
  })
  endCursor?: string | null;
}
