import { type Figure } from '@pharos/contract';
import { sparkline } from './sparkline.js';

/** A small multiple: how a figure went, without axes. The numbers beside it say how much. */
export function Sparkline({ figures, label }: { readonly figures: readonly Figure[]; readonly label: string }) {
  const { paths, last } = sparkline(figures, 96, 24);
  return (
    <svg className="spark" width="96" height="24" viewBox="0 0 96 24" role="img" aria-label={label}>
      {paths.map((path) => (
        <path key={path} d={path} fill="none" stroke="currentColor" strokeWidth="1.5" />
      ))}
      {last && <circle cx={last[0]} cy={last[1]} r="2.5" fill="currentColor" />}
    </svg>
  );
}
