import { forwardToApi } from '@/apollo/forward-to-api';

export { forwardToApi as GET, forwardToApi as HEAD };
