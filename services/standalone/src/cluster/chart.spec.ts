import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';

const chart = fileURLToPath(new URL('../../../../infra/kubernetes/pharos', import.meta.url));
const helm = (...args: readonly string[]): string =>
  execFileSync('helm', [...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

function helmIsHere(): boolean {
  try {
    return helm('version', '--short').startsWith('v');
  } catch {
    return false;
  }
}
const isHere = helmIsHere();
if (!isHere) process.stderr.write('skipped: the Helm chart (helm is not installed; go install helm.sh/helm/v3/cmd/helm@v3.19.5)\n');

(isHere ? describe : describe.skip)('the Helm chart', () => {
  const documents = () => helm('template', 'pharos', chart, '--namespace', 'pharos').split(/^---$/m);

  it('gives the vault and its keys to ingest and insights alone', () => {
    const deployments = documents().filter((text) => text.includes('\nkind: Deployment'));
    const withVault = deployments.filter((text) => text.includes('pharos-with-vault') && text.includes('pharos-keys'));
    expect(deployments).toHaveLength(4);
    expect(withVault.map((text) => /name: (\w+), namespace/.exec(text)![1])).toEqual(['ingest', 'insights']);
    expect(() => helm('template', 'pharos', chart, '--set', 'services.jobs.vault=true')).toThrow('/services/jobs/vault');
  });

  it('runs nobody as root, and scales projectors by what is not folded yet', () => {
    for (const text of documents().filter((each) => each.includes('\nkind: Deployment'))) {
      expect(text).toContain('runAsNonRoot: true');
      expect(text).toContain('readOnlyRootFilesystem: true');
    }
    const scaled = documents().find((text) => text.includes('kind: HorizontalPodAutoscaler') && text.includes('name: projector'));
    expect(scaled).toContain('pharos_fold_lag_facts');
  });
});
