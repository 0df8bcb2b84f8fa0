import 'reflect-metadata';
import { dictionaryMarkdown } from '../exports/data-dictionary.js';

process.stdout.write(dictionaryMarkdown());
