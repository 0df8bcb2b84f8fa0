/** Where the API listens, read when asked so that one build serves every installation. */
export const apiAddress = () => process.env['LESIONWISE_API_URL'] ?? 'http://127.0.0.1:4000';
