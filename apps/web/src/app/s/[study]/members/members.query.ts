import { graphql } from '@/gql';

export const MembersQuery = graphql(`
  query Members($slug: String!, $first: Int!, $after: String) {
    viewer {
      id
      isAdmin
    }
    study(slug: $slug) {
      id
      name
      isSynthetic
      permissions {
        manageMembers
      }
      members(first: $first, after: $after) {
        totalCount
        pageInfo {
          hasNextPage
          endCursor
        }
        edges {
          node {
            role
            email
            createdAt
            user {
              id
              name
            }
          }
        }
      }
    }
  }
`);

/** Asked first: who may not see the members gets no question that would be refused. */
export const MaySeeMembersQuery = graphql(`
  query MaySeeMembers($slug: String!) {
    study(slug: $slug) {
      id
      permissions {
        seeMembers
      }
    }
  }
`);

export const AddStudyMemberMutation = graphql(`
  mutation AddStudyMember($input: AddStudyMemberInput!) {
    addStudyMember(input: $input) {
      role
      user {
        id
        name
      }
    }
  }
`);

export const ChangeStudyMemberMutation = graphql(`
  mutation ChangeStudyMember($input: ChangeStudyMemberInput!) {
    changeStudyMember(input: $input) {
      role
      user {
        id
      }
    }
  }
`);

export const RemoveStudyMemberMutation = graphql(`
  mutation RemoveStudyMember($input: RemoveStudyMemberInput!) {
    removeStudyMember(input: $input)
  }
`);

export const CreateUserMutation = graphql(`
  mutation CreateUser($input: CreateUserInput!) {
    createUser(input: $input) {
      email
      oneTimePassword
      user {
        id
        name
      }
    }
  }
`);
