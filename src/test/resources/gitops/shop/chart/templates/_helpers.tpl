{{- define "shop.labels" -}}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end }}
