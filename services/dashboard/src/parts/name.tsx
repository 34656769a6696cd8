import { type PersonName } from '@pharos/contract';
import { useTranslation } from 'react-i18next';

/** A person's name, or that it is not known here; never the bare token, which says nothing to anybody. */
export function Name({ person }: { readonly person: PersonName }) {
  const { t } = useTranslation();
  return person.name === null ? <span className="muted">{t('person.unnamed')}</span> : <bdi>{person.name}</bdi>;
}
