import { graphql } from '@/gql';

export const RunDetailFragment = graphql(`
  fragment RunDetail on InferenceRun {
    id
    number
    state
    requestedDevice
    actualDevice
    deviceNote
    totalCount
    scoredCount
    failedCount
    skippedCount
    waitingCount
    retryCount
    imagesPerSecond
    secondsLeft
    elapsedSeconds
    failure
    requestedAt
    startedAt
    progressedAt
    finishedAt
    requestedBy {
      id
      name
    }
    preparedCount
    stageTimes {
      stage
      meanMs
      share
    }
    failures {
      reason
      title
      hint
      retryable
      count
      examples
    }
    modelVersion {
      id
      title
      version
      sha256
      inputHeightPx
      inputWidthPx
      fit
      hasMask
      maskThreshold
      model {
        id
        name
      }
    }
    snapshot {
      id
      code
      imageCount
      cohort {
        id
        name
      }
    }
    latest(first: 10) {
      id
      createdAt
      scores {
        task
        probability
      }
      agreement {
        jaccard
      }
      image {
        id
        code
        thumbnailUrl
      }
    }
  }
`);

export const RunPageQuery = graphql(`
  query RunPage($slug: String!, $number: Int!) {
    study(slug: $slug) {
      id
      slug
      name
      isSynthetic
      permissions {
        runInference
        evaluate
      }
      run(number: $number) {
        ...RunDetail
      }
    }
  }
`);

export const RunDetailQuery = graphql(`
  query RunDetailNow($id: ID!) {
    inferenceRun(id: $id) {
      ...RunDetail
    }
  }
`);

export const RunProgressSubscription = graphql(`
  subscription RunProgress($id: ID!) {
    runProgress(id: $id) {
      ...RunDetail
    }
  }
`);

export const CancelRunMutation = graphql(`
  mutation CancelRun($id: ID!) {
    cancelRun(id: $id) {
      ...RunDetail
    }
  }
`);

export const RetryFailedMutation = graphql(`
  mutation RetryFailed($id: ID!, $reason: FailureReason) {
    retryFailed(id: $id, reason: $reason) {
      ...RunDetail
    }
  }
`);
