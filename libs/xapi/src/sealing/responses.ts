import { type ActivityDefinition, type InteractionComponent, type Json } from '../statement.js';

const NUMERIC = /^[\d.eE+-]*(?:\[:\][\d.eE+-]*)?$/;
const WORD = /^[^\s@]{1,64}$/;

function isIdOf(components: readonly InteractionComponent[] | undefined, id: string): boolean {
  // Without a list, one word is taken for an id: the specification advises ids without white space.
  return components === undefined ? WORD.test(id) : components.some((component) => component.id === id);
}

function isClosedMatching({ source, target }: ActivityDefinition, response: string): boolean {
  return response.split('[,]').every((pair) => {
    const [from = '', to = '', more] = pair.split('[.]');
    return more === undefined && isIdOf(source, from) && isIdOf(target, to);
  });
}

/**
 * True when a learner's response can only be one of the answers that the interaction offers, so that it cannot name
 * anybody. A response of a closed type that is none of the answers offered is open too.
 *
 * @example isClosedResponse({ interactionType: 'true-false' }, 'true') // => true
 * @example isClosedResponse({ interactionType: 'fill-in' }, 'Paris') // => false
 */
export function isClosedResponse(definition: ActivityDefinition | undefined, response: Json): boolean {
  const type = definition?.interactionType;
  if (type === undefined || typeof response !== 'string') return false;
  if (response === '') return true;
  switch (type) {
    case 'true-false':
      return response === 'true' || response === 'false';
    case 'numeric':
      return NUMERIC.test(response);
    case 'likert':
      return isIdOf(definition?.scale, response);
    case 'choice':
    case 'sequencing':
      return response.split('[,]').every((id) => isIdOf(definition?.choices, id));
    case 'matching':
      return isClosedMatching(definition!, response);
    case 'fill-in':
    case 'long-fill-in':
    case 'performance':
    case 'other':
      return false;
  }
}
