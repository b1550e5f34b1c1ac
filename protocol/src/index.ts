export * from './access-token.ts';
export * from './clock.ts';
export * from './close-code.ts';
export * from './error-code.ts';
export * from './header.ts';
export * from './logger.ts';
export * from './signature.ts';
export * from './verification-keys.ts';
