'use client';

import Button from '@mui/material/Button';
import { useRef, useState, type DragEvent } from 'react';
import { Icon } from '@/ui/icon';
import styles from './import.module.css';
import { pickedFromDrop, pickedFromInput, type PickedFile } from './picked-files';

interface DropZoneProps {
  isDisabled: boolean;
  onPick: (picked: PickedFile[]) => void;
}

/** Dropping has two buttons beside it that do the same. */
export function DropZone({ isDisabled, onPick }: DropZoneProps) {
  const folderInput = useRef<HTMLInputElement>(null);
  const fileInput = useRef<HTMLInputElement>(null);
  const [isOver, setOver] = useState(false);
  const [failure, setFailure] = useState<string>();

  const drop = async (items: DataTransferItemList) => {
    setFailure(undefined);
    try {
      const picked = await pickedFromDrop(items);
      if (picked.length > 0) onPick(picked);
      else setFailure('There was no file in what you dropped.');
    } catch {
      setFailure('What you dropped could not be read. Choose the folder by the button.');
    }
  };
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    if (!isDisabled) void drop(event.dataTransfer.items);
  };
  const onChange = (input: HTMLInputElement) => {
    const picked = pickedFromInput(input.files ?? []);
    // Emptied, or choosing the same folder again would be no change.
    input.value = '';
    if (picked.length > 0) onPick(picked);
  };

  return (
    <div
      className={styles.drop}
      data-over={isOver || undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => {
        setOver(false);
      }}
      onDrop={onDrop}
    >
      <Icon name="upload" size={24} />
      <p>
        <b>Drop a folder here</b>, or choose one.
      </p>
      <div className={styles.dropButtons}>
        <Button disabled={isDisabled} onClick={() => folderInput.current?.click()}>
          Choose folder
        </Button>
        <Button disabled={isDisabled} variant="text" onClick={() => fileInput.current?.click()}>
          Choose files
        </Button>
      </div>
      {failure !== undefined && (
        <p role="alert" className={styles.failure}>
          {failure}
        </p>
      )}
      <input
        ref={folderInput}
        type="file"
        hidden
        aria-label="Folder"
        // React has no name for it in camel case that the DOM would take.
        {...{ webkitdirectory: '' }}
        onChange={(event) => {
          onChange(event.currentTarget);
        }}
      />
      <input
        ref={fileInput}
        type="file"
        hidden
        multiple
        aria-label="Files"
        onChange={(event) => {
          onChange(event.currentTarget);
        }}
      />
    </div>
  );
}
