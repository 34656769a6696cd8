export { type ActorToken, type Link, type Person, type RosterPerson, type Sealed, type SeenActor, type Vault } from './vault.js';
