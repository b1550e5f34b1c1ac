import { registerEnumType } from 'type-graphql';

export enum ProductStatus {
  DRAFT = 'DRAFT',
  ACTIVE = 'ACTIVE',
  ARCHIVED = 'ARCHIVED',
}

registerEnumType(ProductStatus, {
  name: 'ProductStatus',
  description: 'Whether a product is for sale.',
  valuesConfig: {
    DRAFT: { description: 'It is being prepared, and only its shop’s people see it.' },
    ACTIVE: { description: 'It is for sale while its shop is open.' },
    ARCHIVED: { description: 'It is not sold any more.' },
  },
});
