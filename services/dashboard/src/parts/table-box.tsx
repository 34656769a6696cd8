import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

interface TableBoxProps {
  readonly children: ReactNode;
  /** Id of what names the table. */
  readonly labelledBy?: string;
  readonly label?: string;
  readonly className?: string;
}

/**
 * A table that may be wider than the page: it scrolls by itself, by keyboard too, and says so while there is more to see at a side; its
 * first column stays where it is.
 */
export function TableBox({ children, labelledBy, label, className }: TableBoxProps) {
  const { t } = useTranslation();
  const box = useRef<HTMLDivElement>(null);
  const hint = useId();
  const [wider, setWider] = useState(false);
  useEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    const watch = new ResizeObserver(() => setWider(element.scrollWidth > element.clientWidth + 1));
    watch.observe(element);
    if (element.firstElementChild) watch.observe(element.firstElementChild);
    return () => watch.disconnect();
  }, []);
  return (
    <>
      {wider && <p id={hint} className="wider muted small">{t('table.wider')} <span aria-hidden="true">→</span></p>}
      <div ref={box} className={className ? `table-box ${className}` : 'table-box'} role="group" tabIndex={0} aria-label={label} aria-labelledby={labelledBy} aria-describedby={wider ? hint : undefined}>
        {children}
      </div>
    </>
  );
} // prettier-ignore
