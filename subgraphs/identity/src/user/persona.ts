import { registerEnumType } from 'type-graphql';

export enum Persona {
  Customer = 'CUSTOMER',
  ShopOwner = 'SHOP_OWNER',
  Vendor = 'VENDOR',
  Builder = 'BUILDER',
  EndUser = 'END_USER',
  Sales = 'SALES',
}

registerEnumType(Persona, {
  name: 'Persona',
  description: 'What a person came to do. It decides which dashboards they see, not what they may do.',
  valuesConfig: {
    Customer: { description: 'Buys in shops and orders services.' },
    ShopOwner: { description: 'Sells in a shop of their own.' },
    Vendor: { description: 'Carries out service orders.' },
    Builder: { description: 'Builds applications and sells them.' },
    EndUser: { description: 'Uses what builders have made.' },
    Sales: { description: 'Wins and looks after customers.' },
  },
});
