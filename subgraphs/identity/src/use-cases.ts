/** Everything somebody can get done here, by the name resolvers call it. */
export const useCases = {};
