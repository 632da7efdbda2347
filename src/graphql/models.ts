export interface ConversationModel { x: 1 }
export interface LearningStatsModel { x: 1 }
