import { createPrivateKey, createPublicKey, generateKeyPairSync, type JsonWebKey, type KeyObject } from 'node:crypto';
import { ACCESS_TOKEN_ALGORITHM } from '@supergraph/protocol';
import type { Sealer } from '@supergraph/subgraph-kit';
import type { SigningKey } from './signing-key.entity.ts';

/** What a signing key is sealed for: a sealed text of another purpose does not open as one. */
const PURPOSE = 'identity:signing-key';

/** A new ES256 pair, the public half as it is published and the private one as it is stored. */
export function generateKeyPair(
  kid: string,
  sealer: Sealer,
): Pick<SigningKey, 'kid' | 'publicJwk' | 'sealedPrivateKey'> {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return {
    kid,
    publicJwk: { ...publicKey.export({ format: 'jwk' }), kid, alg: ACCESS_TOKEN_ALGORITHM, use: 'sig' },
    sealedPrivateKey: sealer.seal(privateKey.export({ format: 'pem', type: 'pkcs8' }) as string, PURPOSE),
  };
}

/** @throws when it was sealed with a root secret that this process does not have */
export function openPrivateKey({ sealedPrivateKey }: SigningKey, sealer: Sealer): KeyObject {
  return createPrivateKey(sealer.unseal(sealedPrivateKey, PURPOSE));
}

export function importPublicKey(jwk: JsonWebKey): KeyObject {
  return createPublicKey({ key: jwk, format: 'jwk' });
}
