import { forwardToApi } from '@/apollo/forward-upload';

export { forwardToApi as PUT };
