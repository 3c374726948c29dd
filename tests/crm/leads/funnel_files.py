"""Exports of lead funnels as systems write them: the same leads with the headings, words and dates of each."""

SALESFORCE = """"Lead ID","First Name","Last Name","Company / Account","Email","Lead Status","Lead Source",\
"Lead Owner","Rating","Country","Create Date","Converted Date","IsConverted","Loss Reason"
"00Q1","Ana","Ruiz","Acme","ana@acme.example","Open - Not Contacted","Web",\
"Seller Vega","Hot","Spain","05/01/2026","",0,""
"00Q2","Leo","Paz","Beta","leo@beta.example","Closed - Converted","Trade Show",\
"Mate Vega","Warm","Spain","06/01/2026","28/02/2026",1,""
"00Q3","Sol","Gil","Gama","sol@gama.example","Closed - Not Converted","Web",\
"Seller Vega","","Mexico","07/01/2026","",0,"Too expensive"
"""
HUBSPOT_ES = """ID de registro;Nombre;Apellidos;Correo;Nombre de la empresa;Etapa del ciclo de vida;Estado del lead;\
Propietario del contacto;Fuente original;Fecha de creación;Fecha en que se convirtió en lead calificado para marketing;\
Fecha en que se convirtió en lead calificado para ventas;Motivo de descarte;Importe
101;Ana;Ruiz;ana@acme.example;Acme;Lead calificado para ventas;En curso;Seller Vega;Búsqueda orgánica;5/1/2026 10:30;\
10/1/2026;20/1/2026;;12.500,50
102;Leo;Paz;leo@beta.example;Beta;Lead calificado para marketing;No calificado;;Referencias;6/1/2026 9:00;12/1/2026;;\
Sin presupuesto;
103;Sol;Gil;sol@gama.example;Gama;Suscriptor;;;Redes sociales;7/1/2026 8:15;;;;
"""
FUNNEL = """Lead ID,Created date,Stage,MQL date,SAL date,SQL date,Converted date,Lost date,Lost reason,Source,Owner,\
Company,Country,Value
L-1,2026-01-05,New,,,,,,,Web,Seller Vega,Acme,Spain,"€12,500.00"
L-2,2026-01-05,MQL,2026-01-08,,,,,,Fair,,Beta,Spain,
L-3,2026-01-06,Accepted,2026-01-09,2026-01-11,,,,,Web,Mate Vega,Gama,Mexico,$900
L-4,2026-01-06,SQL,2026-01-09,2026-01-11,2026-01-15,,,,Web,,Delta,Chile,
L-5,2026-01-06,Converted,2026-01-09,2026-01-11,2026-01-15,2026-02-01,,,Web,,Omega,Chile,4000
L-6,2026-01-07,Lost,2026-01-10,,,,2026-01-20,Competitor,Web,,Sigma,Chile,
L-7,2026-01-07,Recycled,2026-01-10,2026-01-12,,,2026-01-22,No budget,Fair,,Lambda,Chile,
"""
DATES_ONLY = """Lead Number\tEmail\tCreated\tBecame MQL\tBecame SQL\tWon date
7001\tana@acme.example\tJan 5, 2026\tJan 9, 2026\t\t
7002\tleo@beta.example\tJan 6, 2026\tJan 9, 2026\tJan 15, 2026\tFeb 1, 2026
7003\t\tJan 7, 2026\t\t\t
"""
OLIST = """mql_id,first_contact_date,landing_page_id,origin
dac32acd4db4c29c230538b72f8dd87d,2018-02-01,88740e65d5d6b056e0cda098e1ea6313,social
8c18d1de7f67e60dbd64e3c07d7e9d5d,2017-10-20,007f9098284a86ee80ddeb25d53e0af8,paid_search
"""
OLIST_DEALS = """mql_id,seller_id,sdr_id,sr_id,won_date,business_segment,lead_type
dac32acd4db4c29c230538b72f8dd87d,2c43fb513632,a8387c01a09e,4ef15afb4b2723,2018-02-26 19:58:54,pet,online_medium
"""
COURSES = """Prospect ID,Lead Number,Lead Origin,Lead Source,Do Not Email,Do Not Call,Converted,TotalVisits,Country,City
7927b2df-8bba,660737,API,Olark Chat,No,No,0,0,India,Mumbai
2a272436-5132,660728,API,Organic Search,Yes,No,1,5,India,Pune
"""
