/** Where chDB and the embedded PostgreSQL run. */
export const platforms = ['linux-x64', 'linux-arm64', 'darwin-x64', 'darwin-arm64'];

/** Why Pharos cannot run on a platform; undefined where it can. @example unsupported('win32-x64') // => 'the embedded warehouse …' */
export const unsupported = (platform: string): string | undefined =>
  platforms.includes(platform) ? undefined : `the embedded warehouse (chDB) does not run on ${platform}; it has ${platforms.join(', ')}`;

// Said when this is imported, which is before anything else is: what else is imported loads native modules that such a platform has not.
const why = unsupported(`${process.platform}-${process.arch}`);
if (why !== undefined) {
  process.stderr.write(`pharos: ${why}\n`);
  process.exit(3);
}
