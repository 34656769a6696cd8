import { type EChartsCoreOption } from 'echarts/core';
import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useChoices } from '../app/choices.js';
import { type Drawing } from '../charts/draw.js';
import { type ChartTheme, readTheme } from '../charts/theme.js';
import { csvOf, download } from './csv.js';
import { TableBox } from './table-box.js';

/** A chart's figures as a table, for screen readers, copying and taking away. Numbers are already worded. */
export interface ChartTable {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

interface ChartProps {
  readonly title: string;
  readonly about?: ReactNode;
  readonly height: number;
  readonly option: (theme: ChartTheme, reduced: boolean, narrow: boolean) => EChartsCoreOption;
  readonly table: ChartTable;
  readonly onPick?: (data: unknown) => void;
}

/** True while the device asks for dark colours; a chart has to be drawn again when that changes. */
function useMedia(query: string): boolean {
  const [matches, setMatches] = useState(() => matchMedia(query).matches);
  useEffect(() => {
    const media = matchMedia(query);
    const follow = () => setMatches(media.matches);
    media.addEventListener('change', follow);
    return () => media.removeEventListener('change', follow);
  }, [query]);
  return matches;
}

function Drawn({ title, height, option, onPick }: Pick<ChartProps, 'title' | 'height' | 'option' | 'onPick'>) {
  const place = useRef<HTMLDivElement>(null);
  const [drawing, setDrawing] = useState<Drawing | null>(null);
  const [failed, setFailed] = useState<Error | null>(null);
  const { theme } = useChoices();
  const dark = useMedia('(prefers-color-scheme: dark)');
  const reduced = useMedia('(prefers-reduced-motion: reduce)');
  const narrow = useMedia('(width < 720px)');
  const pick = useRef(onPick);
  useEffect(() => {
    pick.current = onPick;
  }, [onPick]);
  useEffect(() => {
    const element = place.current;
    let gone = false;
    let made: Drawing | undefined;
    // The drawing library is fetched when the first chart comes into being, so that no first screen waits for it.
    import('../charts/draw.js').then(
      ({ draw }) => {
        if (gone || !element) return;
        made = draw(element, (data) => pick.current?.(data));
        setDrawing(made);
      },
      (error: unknown) => setFailed(error instanceof Error ? error : new Error(String(error))),
    );
    return () => {
      gone = true;
      made?.end();
    };
  }, []);
  useEffect(() => {
    if (drawing && place.current) drawing.set(option(readTheme(place.current), reduced, narrow));
  }, [drawing, option, theme, dark, reduced, narrow]);
  if (failed) throw failed;
  return <div ref={place} className="drawn" role="img" aria-label={title} style={{ blockSize: `${height}px` }} />;
}

/** A chart with its title, what it says in words, and the same figures as a table one click away. */
export function Chart({ title, about, height, option, table, onPick }: ChartProps) {
  const { t } = useTranslation();
  const [asTable, setAsTable] = useState(false);
  const id = useId();
  return (
    <figure className="card chart" aria-labelledby={id}>
      <div className="card-head">
        <h2 id={id}>{title}</h2>
        <div className="chart-acts">
          {asTable && (
            <button type="button" className="link small" onClick={() => download(`${title}.csv`, csvOf(table.head, table.rows))}>
              {t('chart.csv')}
            </button>
          )}
          <button type="button" className="link small" aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
            {asTable ? t('chart.as-chart') : t('chart.as-table')}
          </button>
        </div>
      </div>
      {about && <div className="about">{about}</div>}
      {asTable ? (
        <TableBox labelledBy={id}>
          <table aria-labelledby={id}>
            <thead>
              <tr>
                {table.head.map((name, column) => (
                  <th key={name} scope="col" className={column > 0 ? 'number' : undefined}>
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {table.rows.map((row, at) => (
                <tr key={at}>
                  {row.map((cell, column) =>
                    column === 0 ? (
                      <th key={column} scope="row">
                        {cell}
                      </th>
                    ) : (
                      <td key={column} className="number">
                        {cell}
                      </td>
                    ),
                  )}
                </tr>
              ))}
            </tbody>
          </table>
        </TableBox>
      ) : (
        <Drawn title={title} height={height} option={option} {...(onPick ? { onPick } : {})} />
      )}
    </figure>
  );
}
