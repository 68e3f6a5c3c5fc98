// Measures umbral (threshold proxy re-encryption over secp256k1, WebAssembly), one proxy of one.
import umbral from '@nucypher/umbral-pre';
import { median } from './median.mjs';

const owner = umbral.SecretKey.random();
const reader = umbral.SecretKey.random();
const signer = new umbral.Signer(umbral.SecretKey.random());
const [capsule] = umbral.encrypt(owner.publicKey(), new Uint8Array(32));
const [fragment] = umbral.generateKFrags(owner, reader.publicKey(), signer, 1, 1, true, true);
median('reencrypt', () => umbral.reencrypt(capsule, fragment));
