export interface Webhook {
  readonly id: string;
  readonly tenant: string;
  readonly url: string;
  /** Fact types or `*`. */
  readonly events: readonly string[];
  /** Key of the signature (HMAC-SHA256), base64url. Read by the sender only; never listed to people. */
  readonly secret: string;
  readonly active: boolean;
  readonly createdAt: Date;
}

export interface Webhooks {
  create(hook: { readonly url: string; readonly events: readonly string[] }): Promise<Webhook>;
  list(): Promise<readonly Webhook[]>;
  setActive(id: string, active: boolean): Promise<boolean>;
  remove(id: string): Promise<boolean>;
}
