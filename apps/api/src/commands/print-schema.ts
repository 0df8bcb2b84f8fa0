import { schemaText } from '../schema.js';

process.stdout.write(schemaText());
