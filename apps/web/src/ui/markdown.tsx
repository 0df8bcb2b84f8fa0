import { Fragment } from 'react';
import { markdownBlocks, type Block } from './markdown-blocks';
import styles from './markdown.module.css';

/** Prose somebody else wrote, such as a model card. Its headings rank under those of the page. */
export function Markdown({ text }: { text: string }) {
  return (
    <div className={styles.prose}>
      {markdownBlocks(text).map((block, index) => (
        <Prose key={index} block={block} />
      ))}
    </div>
  );
}

function Prose({ block }: { block: Block }) {
  switch (block.kind) {
    case 'heading':
      return <h3>{block.text}</h3>;
    case 'paragraph':
      return (
        <p>
          <Inline text={block.text} />
        </p>
      );
    case 'code':
      return <pre>{block.text}</pre>;
    case 'list':
      return (
        <ul>
          {block.items.map((item, index) => (
            <li key={index}>
              <Inline text={item} />
            </li>
          ))}
        </ul>
      );
    case 'table':
      return <Rows rows={block.rows} />;
  }
}

function Rows({ rows: [heads = [], ...rows] }: { rows: string[][] }) {
  return (
    <table>
      <thead>
        <tr>
          {heads.map((head, index) => (
            <th key={index}>
              <Inline text={head} />
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row, index) => (
          <tr key={index}>
            {row.map((cell, column) => (
              <td key={column}>
                <Inline text={cell} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** `code` and **bold**; every other mark stays. */
function Inline({ text }: { text: string }) {
  return text.split(/(`[^`]+`|\*\*[^*]+\*\*)/).map((part, index) => {
    if (part.startsWith('`') && part.length > 2)
      return <code key={index}>{part.slice(1, -1)}</code>;
    if (part.startsWith('**') && part.length > 4) return <b key={index}>{part.slice(2, -2)}</b>;
    return <Fragment key={index}>{part}</Fragment>;
  });
}
