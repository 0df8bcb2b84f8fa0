import { forwardToApi } from '@/apollo/forward-upload';

export { forwardToApi as GET, forwardToApi as PUT };
