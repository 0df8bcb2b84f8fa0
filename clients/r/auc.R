# AUC of every version and task of an evaluation, by pROC, held against what Lesionwise says.
#
#   LESIONWISE_URL=… LESIONWISE_TOKEN=… Rscript auc.R <evaluation id>
#
# Ends with status 1 when any two differ by more than 1e-9. Needs nothing but pROC.
suppressMessages(library(pROC))

tolerance <- 1e-9
evaluation <- commandArgs(trailingOnly = TRUE)[1]
if (is.na(evaluation)) stop("Name an evaluation.")

# One export of the evaluation as a data frame.
table_of <- function(name) {
  file <- tempfile(fileext = ".csv")
  on.exit(unlink(file))
  address <- sprintf("%s/exports/evaluations/%s/%s.csv", sub("/$", "", Sys.getenv("LESIONWISE_URL")), evaluation, name)
  token <- c(authorization = paste("Bearer", Sys.getenv("LESIONWISE_TOKEN")))
  status <- download.file(address, file, headers = token, quiet = TRUE, method = "libcurl")
  if (status != 0) stop("The download of ", name, " failed.")
  read.csv(file, na.strings = "", check.names = FALSE)
}

facts <- table_of("predictions")
estimates <- table_of("estimates")
served <- estimates[estimates$statistic == "auc" & estimates$at == "none" & !is.na(estimates$value), ]
if (nrow(served) == 0) stop("The evaluation has no AUC.")

wrong <- 0
for (i in seq_len(nrow(served))) {
  row <- served[i, ]
  rows <- facts[facts$model_version_id == row$model_version_id, ]
  labels <- rows[[paste0(row$task, "_label")]]
  scores <- rows[[paste0(row$task, "_score")]]
  # pROC leaves out what has no label or no score by itself.
  area <- as.numeric(auc(roc(labels, scores, levels = c(0, 1), direction = "<", quiet = TRUE)))
  agrees <- abs(area - row$value) <= tolerance
  if (!agrees) wrong <- wrong + 1
  cat(sprintf(
    "%s %s %s: AUC %.17g by pROC, %.17g [%.17g, %.17g] by Lesionwise, n %d + %d%s\n",
    row$model, row$model_version, row$task, area, row$value, row$low, row$high,
    row$positives, row$negatives, if (agrees) "" else " DIFFERENT"
  ))
}
quit(status = if (wrong > 0) 1 else 0)
