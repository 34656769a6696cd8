import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

/** True once something has taken longer than a blink: a skeleton that flashes is worse than none. */
export function useLate(afterMs = 200): boolean {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), afterMs);
    return () => clearTimeout(timer);
  }, [afterMs]);
  return late;
}

/** Keeps the layout while an answer is on its way: `rows` blocks of a height in steps of 4 px. */
export function Waiting({ rows, height }: { readonly rows: number; readonly height: number }) {
  const { t } = useTranslation();
  const late = useLate();
  return (
    <div className="waiting" role="status" aria-busy="true" data-late={late}>
      <span className="only-read">{late ? t('waiting') : ''}</span>
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} className="bone" style={{ blockSize: `${height * 4}px` }} />
      ))}
    </div>
  );
}
