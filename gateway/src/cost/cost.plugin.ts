import type { ApolloServerPlugin, GraphQLRequestListener } from '@apollo/server';
import type { RequestContext } from '../request-context.ts';
import type { CostAdmission } from './cost.admission.ts';

/** Tells a client that asks for it what its operation costs, in `extensions.cost` of the answer. */
export function costPlugin(costs: CostAdmission): ApolloServerPlugin<RequestContext> {
  const listener: GraphQLRequestListener<RequestContext> = {
    willSendResponse: async ({ contextValue, response: { body } }) => {
      const cost = costs.toldTo(contextValue);
      if (cost === undefined || body.kind !== 'single') return;
      body.singleResult.extensions = { ...body.singleResult.extensions, cost };
    },
  };
  return {
    requestDidStart: async ({ contextValue }) => (contextValue.headers['x-include-cost'] ? listener : undefined),
  };
}
