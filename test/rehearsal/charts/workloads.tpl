{{- /* Every part of the component, with pods that only wait: on the nodes, and of the size, that the values say. */}}
{{- range $kind, $parts := .Values.standIn }}
{{- range $name, $path := $parts }}
{{- $part := $.Values }}
{{- range without (splitList "." $path) "" }}
{{- $part = index $part . | default dict }}
{{- end }}
---
apiVersion: apps/v1
kind: {{ $kind }}
metadata:
  name: {{ $name }}
  labels:
    app.kubernetes.io/instance: {{ $.Release.Name }}
    app.kubernetes.io/name: {{ $name }}
spec:
  {{- if eq $kind "StatefulSet" }}
  serviceName: {{ $name }}
  {{- end }}
  selector:
    matchLabels:
      app.kubernetes.io/instance: {{ $.Release.Name }}
      app.kubernetes.io/name: {{ $name }}
  template:
    metadata:
      labels:
        app.kubernetes.io/instance: {{ $.Release.Name }}
        app.kubernetes.io/name: {{ $name }}
    spec:
      nodeSelector: {{ $part.nodeSelector | default ($.Values.global).nodeSelector | toJson }}
      tolerations: {{ ternary (list (dict "operator" "Exists")) ($part.tolerations | default ($.Values.global).tolerations) (eq $kind "DaemonSet") | toJson }}
      containers:
        - name: {{ $name }}
          image: registry.k8s.io/pause:3.10
          resources: {{ $part.resources | toJson }}
{{- end }}
{{- end }}
