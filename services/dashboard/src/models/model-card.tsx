import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client } from '../app/api.js';
import { download } from '../parts/csv.js';
import { Trouble } from '../parts/trouble.js';
import { Waiting } from '../parts/waiting.js';
import { cardBlocks } from './card-blocks.js';

/** The card of a model, made from facts: read here, or taken along. It is asked for when it is opened. */
export function ModelCard({ model }: { readonly model: string }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const card = useQuery({ queryKey: ['model-card', model], queryFn: ({ signal }) => client.gate.card({ params: { model } }, { signal }), enabled: open });
  return (
    <details className="model-card" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('card.title')}</summary>
      {card.error && <Trouble error={card.error} again={() => void card.refetch()} />}
      {open && card.isPending && <Waiting rows={3} height={24} />}
      {card.data && (
        <>
          {/* Cards are kept and passed on in one language. */}
          <div lang="en">
            {cardBlocks(card.data.markdown).map((block, at) =>
              block.kind === 'list' ? <ul key={at}>{block.items.map((item) => <li key={item}>{item}</li>)}</ul>
              : block.kind === 'heading' ? <h3 key={at}>{block.text}</h3>
              : <p key={at}>{block.text}</p>,
            )}
          </div>
          <button type="button" className="link small" onClick={() => download('model-card.md', card.data.markdown, 'text/markdown')}>{t('card.download')}</button>
        </>
      )}
    </details>
  );
} // prettier-ignore
