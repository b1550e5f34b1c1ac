import { registerEnumType } from 'type-graphql';

export enum Persona {
  CUSTOMER = 'CUSTOMER',
  SHOP_OWNER = 'SHOP_OWNER',
  VENDOR = 'VENDOR',
  BUILDER = 'BUILDER',
  END_USER = 'END_USER',
  SALES = 'SALES',
}

registerEnumType(Persona, {
  name: 'Persona',
  description: 'What a person came to do. It decides which dashboards they see, not what they may do.',
  valuesConfig: {
    CUSTOMER: { description: 'Buys in shops and orders services.' },
    SHOP_OWNER: { description: 'Sells in a shop of their own.' },
    VENDOR: { description: 'Carries out service orders.' },
    BUILDER: { description: 'Builds applications and sells them.' },
    END_USER: { description: 'Uses what builders have made.' },
    SALES: { description: 'Wins and looks after customers.' },
  },
});
