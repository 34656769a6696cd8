export { type ActorToken, type Link, type Person, type RosterPerson, type Sealed, type SeenActor, type Vault } from './vault.js';
export { addMasterKey, createKeyRing, followKeyRing, KeyRing, KeyRingError, openKeyRing, parseKeyRing, useNewestKey } from './key-ring.js';
export { openVault, type OpenVault, type VaultOptions } from './open-vault.js';
export { Unreadable } from './sealing.js';
