import { type Registry } from '@pharos/registry';
import { type Caller } from '../http/caller.js';
import { type Places } from '../places/places.js';
import { type AlertWords } from './alert-view.js';

/** The words of a tenant that do not depend on the alert: titles, the intervention catalogue, when models were trained. */
export type WordsOf = (caller: Pick<Caller, 'tenant'>) => Promise<Pick<AlertWords, 'titles' | 'interventions' | 'trainedAsOf'>>;

export function createWordsOf(registry: Registry, places: Places): WordsOf {
  return async ({ tenant }) => {
    const [titles, interventions, trained] = await Promise.all([
      places.titles(tenant),
      registry.tenant(tenant).policies.get('interventions'),
      places.trainedAsOf(tenant),
    ]);
    return {
      titles,
      interventions: new Map(interventions.value.map((each) => [each.id, each])),
      trainedAsOf: (model) => trained.get(model),
    };
  };
}
