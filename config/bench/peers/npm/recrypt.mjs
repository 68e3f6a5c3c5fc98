// Measures recrypt (multi-hop proxy re-encryption, WebAssembly); run with --experimental-wasm-modules.
// The package is made for bundlers: in the installed copy its modules are declared as such, and their imports given their endings.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { median } from './median.mjs';

const folder = 'node_modules/@ironcorelabs/recrypt-wasm-binding/';
const description = JSON.parse(readFileSync(folder + 'package.json', 'utf8'));
writeFileSync(folder + 'package.json', JSON.stringify({ ...description, type: 'module' }));
for (const file of readdirSync(folder).filter((name) => name.endsWith('.js'))) {
  const text = readFileSync(folder + file, 'utf8');
  writeFileSync(folder + file, text.replace(/from "\.\/recrypt_wasm_binding";/g, 'from "./recrypt_wasm_binding.js";'));
}

const { Api256 } = await import('@ironcorelabs/recrypt-wasm-binding');
const api = new Api256();
const owner = api.generateKeyPair();
const reader = api.generateKeyPair();
const signer = api.generateEd25519KeyPair();
const secret = api.generatePlaintext();
const sealed = api.encrypt(secret, owner.publicKey, signer.privateKey);
const key = api.generateTransformKey(owner.privateKey, reader.publicKey, signer.privateKey);
median('transform', () => api.transform(sealed, key, signer.privateKey));
