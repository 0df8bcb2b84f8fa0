export {
  type Cell,
  type Client,
  type ClientOptions,
  createClient,
  type Evaluation,
  LesionwiseError,
  type Row,
} from './client.js';
export { graphql } from './gql/index.js';
